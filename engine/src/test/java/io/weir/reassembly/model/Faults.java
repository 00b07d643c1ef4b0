package io.weir.reassembly.model;

/**
 * What a wire does to frames, in frames per thousand; a frame suffers at most one of these.
 *
 * @param lost       never arrive
 * @param doubled    arrive twice, the second copy up to {@code holdLimit} frames later
 * @param held       arrive up to {@code holdLimit} frames later
 * @param damaged    arrive with one bit turned over behind the IP header
 * @param holdLimit  how many frames of the same direction may overtake one
 * @param frameLimit each direction is faultless after this many frames
 */
record Faults(int lost, int doubled, int held, int damaged, int holdLimit, int frameLimit) {
    /** Some of everything that leaves frames whole. */
    static final Faults USUAL = new Faults(25, 30, 60, 0, 12, 20_000);

    /** Damages frames as well. */
    Faults withDamage() {
        return new Faults(lost, doubled, held, 15, holdLimit, frameLimit);
    }
}
