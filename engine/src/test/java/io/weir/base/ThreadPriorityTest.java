package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ThreadPriorityTest {
    private static List<String> faults(final IntUnaryOperator kernel) {
        final List<String> told = new ArrayList<>();
        ThreadPriority.lower(kernel, 5, fault -> told.add(fault.getMessage()));
        return told;
    }

    @Test
    void shouldSayNothingOfALoweredPriority() {
        assertEquals(List.of(), faults(nice -> nice));
        assertEquals(List.of(), faults(nice -> 0));
    }

    @Test
    void shouldSayWhyAThreadGoesOnAsItWas() {
        assertEquals(List.of("the kernel leaves a thread at the priority it has, errno 13"), faults(nice -> -13));
        assertEquals(List.of("there is no library"), faults(nice -> {
            throw new NativeLibraryException("there is no library", null);
        }));
    }
}
