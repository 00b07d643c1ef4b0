package io.weir.capture;

/**
 * One interface of a trace, live or as described in a capture file.
 *
 * @param name       device name, or the file's own name for it, or {@code ""} if the file names none
 * @param linkType   libpcap LINKTYPE_ value
 * @param snapLength most bytes captured of a frame, 0 if not limited
 */
public record CaptureInterface(String name, int linkType, int snapLength) {
}
