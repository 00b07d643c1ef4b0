package io.weir.capture.afxdp;

/** The same in the mode that every device has. */
class GenericAfXdpConformanceTest extends AfXdpConformanceTest {
    @Override
    AfXdpContext.Mode mode() {
        return AfXdpContext.Mode.GENERIC;
    }
}
