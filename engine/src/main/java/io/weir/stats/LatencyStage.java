package io.weir.stats;

/** The stretches of a frame's way whose duration is measured. */
public enum LatencyStage {
    /**
     * From the kernel's stamp until the engine took the frame out of its block: until the kernel handed the block over,
     * the engine saw it, and was done with the batches before in the same block.
     */
    BLOCK_WAIT("block_wait"),
    /** From taken until the dispatcher dealt the frame to a worker, or the only worker began with it. */
    CAPTURE_TO_DISPATCH("capture_to_dispatch"),
    /** From dealt out until the worker's batch with the frame began; nothing with one worker, which has no queue. */
    QUEUE_WAIT("queue_wait"),
    /** The worker's time per frame: that of a batch, shared evenly by its frames. */
    WORK("work"),
    /** From taken until the worker was through with the frame. */
    CAPTURE_TO_VERDICT("capture_to_verdict"),
    /** From the kernel's stamp until the worker was through with the frame. */
    ARRIVAL_TO_VERDICT("arrival_to_verdict"),
    /** From the stamp of the frame or tick that caused a record until the record was handed to the outputs. */
    ARRIVAL_TO_RECORD("arrival_to_record");

    private final String label;

    LatencyStage(final String label) {
        this.label = label;
    }

    /** Name in the histogram log and the summary. */
    public String label() {
        return label;
    }
}
