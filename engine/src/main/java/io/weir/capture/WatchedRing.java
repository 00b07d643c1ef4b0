package io.weir.capture;

/** The kernel's side of a live source, as far as its interface goes. Called by the thread that reads the ring. */
public interface WatchedRing {
    /** The interface is up. */
    int UP = 0;
    /** It is down; the socket resumes by itself. */
    int DOWN = 1;
    /** It does not exist any more: see {@link #rebind}. */
    int GONE = 2;

    /** {@link #UP}, {@link #DOWN} or {@link #GONE}. */
    int state();

    /** Binds to the interface that bears the name now; 0, or a negative errno, EMEDIUMTYPE if it is of another kind. */
    int rebind();
}
