package io.weir.base;

import jnr.ffi.annotations.IgnoreError;

/**
 * The functions of libweir as native/src/weir.h describes them, one to one: {@code ringOpen} is {@code weir_ring_open}.
 *
 * <p>Addresses and handles are plain longs of memory the caller keeps alive during the call. No function takes more
 * than five arguments: jnr-ffi corrupts a sixth. Results are at least 0, or a negative errno.
 */
public interface LibWeir {
    /** Most rings one {@link #ringPoll} takes. */
    int POLL_MAX = 64;
    /** Most frames one {@link #senderSend} takes. */
    int SEND_BATCH = 64;

    @IgnoreError
    int abi();

    @IgnoreError
    int layout(long values, int capacity);

    @IgnoreError
    long ringOpen(long request);

    @IgnoreError
    int ringPoll(long rings, int count, long timeoutNs, long input, long answers);

    @IgnoreError
    int ringWake(long ring);

    @IgnoreError
    int ringState(long ring);

    @IgnoreError
    int ringRebind(long ring, long request);

    @IgnoreError
    int ringAdmit(long ring, long request);

    @IgnoreError
    int ringStop(long ring);

    @IgnoreError
    int ringTotals(long ring, long totals);

    @IgnoreError
    int ringClose(long ring);

    @IgnoreError
    int fanoutLoad(long words);

    @IgnoreError
    int fanoutHash(int program, long frame, int length, long hash);

    @IgnoreError
    int fanoutClose(int program);

    @IgnoreError
    long xdpOpen(long request);

    @IgnoreError
    int xdpKick(long xdp, int queue, int what);

    @IgnoreError
    int xdpStop(long xdp);

    @IgnoreError
    int xdpState(long xdp);

    @IgnoreError
    int xdpRebind(long xdp, long request);

    @IgnoreError
    int xdpTotals(long xdp, long totals);

    @IgnoreError
    int xdpClose(long xdp);

    @IgnoreError
    int xdpFeatures(long name);

    @IgnoreError
    int xdpQueues(long name);

    @IgnoreError
    long pfringOpen(long request);

    @IgnoreError
    int pfringReceive(long pfring, long batch);

    @IgnoreError
    int pfringStop(long pfring);

    @IgnoreError
    int pfringSend(long pfring, long addresses, long lengths, int count);

    @IgnoreError
    long pfringDropped(long pfring);

    @IgnoreError
    int pfringState(long pfring);

    @IgnoreError
    int pfringRebind(long pfring, long request);

    @IgnoreError
    int pfringClose(long pfring);

    @IgnoreError
    int filterCompile(long request);

    @IgnoreError
    long patternOpen(long name, long text, int textBytes);

    @IgnoreError
    int patternClose(long library);

    @IgnoreError
    long patternCompile(long request);

    @IgnoreError
    int patternFree(long database);

    @IgnoreError
    long patternScannerOpen(long library);

    @IgnoreError
    long patternScannerFit(long scanner, long database);

    @IgnoreError
    int patternScannerClose(long scanner);

    @IgnoreError
    int patternScan(long scanner, long jobs, int count, long answer);

    @IgnoreError
    int patternMayHold(long database, long address, int length);

    @IgnoreError
    long patternStreamOpen(long database);

    @IgnoreError
    int patternStreamReset(long database, long stream);

    @IgnoreError
    int patternStreamClose(long database, long stream);

    @IgnoreError
    int senderOpen(long name, int flags);

    @IgnoreError
    int senderSend(int sender, long addresses, long lengths, int count);

    @IgnoreError
    int senderClose(int sender);

    @IgnoreError
    int interfaces(long interfaces, int capacity);

    @IgnoreError
    int addresses(long addresses, int capacity);

    @IgnoreError
    int affinityGet(long mask, int bytes);

    @IgnoreError
    int affinitySet(long mask, int bytes);

    @IgnoreError
    int threadNice(int nice);

    @IgnoreError
    int enterNamespace(long path);

    @IgnoreError
    int hugePages(long address, long bytes);

    @IgnoreError
    int checksums(long segments, int count);

    @IgnoreError
    int headerLines(long text, int bytes, int most, long names, long lines);

    @IgnoreError
    int messageHead(long text, int bytes, int most, long names, long lines);

    @IgnoreError
    int serviceNotify(long path, long state, int bytes);
}
