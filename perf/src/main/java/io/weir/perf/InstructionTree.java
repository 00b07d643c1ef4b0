package io.weir.perf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts instructions by method: {@code InstructionTree INLINING ADDRESSES [LEAST]}, with what the agent in
 * perf/c/inlining.c and the stepper in perf/c/step.c have written. Prints each compiled method with what was inlined in
 * it, and each library, as a tree, in instructions a frame; below {@code LEAST} of them (10) a line is left out.
 *
 * <p>Frames are counted by the busiest instruction of the method that looks at each for being plain, inlined or not.
 * Counts do not depend on what else the machine does.
 */
public final class InstructionTree {
    private static final String COUNTED = "io/weir/packet/PlainDecoder.ipv4";

    private final TreeMap<Long, Code> codes = new TreeMap<>(Long::compareUnsigned);
    private final Node root = new Node();
    private long outside;
    private long frames;

    private InstructionTree() {
    }

    /** Prints the tree. */
    public static void main(final String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("usage: InstructionTree INLINING ADDRESSES [LEAST]");
            System.exit(2);
        }
        final InstructionTree tree = new InstructionTree();
        tree.read(Path.of(arguments[0]));
        final long instructions = tree.count(Path.of(arguments[1]));
        if (tree.frames == 0) {
            System.err.println("no plain frame was decoded meanwhile: step through more instructions");
            System.exit(1);
        }
        System.out.printf(Locale.ROOT, "%d instructions, %d frames: %d a frame, %d of them in code unknown%n",
            instructions, tree.frames, instructions / tree.frames, tree.outside / tree.frames);
        tree.print(tree.root, "", arguments.length == 3 ? Double.parseDouble(arguments[2]) : 10);
    }

    private void read(final Path inlining) throws IOException {
        Code code = null;
        for (final String line : Files.readAllLines(inlining)) {
            final String[] words = line.split(" ");
            final long address = Long.decode(words[1]);
            switch (words[0]) {
                case "M" -> {
                    code = new Code(words[3], address + Long.parseLong(words[2]));
                    codes.put(address, code);
                }
                case "P" -> code.inlined.put(address, List.of(words).subList(2, words.length));
                default -> codes.remove(address);
            }
        }
    }

    private long count(final Path addresses) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(addresses)).order(ByteOrder.nativeOrder());
        final Map<Long, Integer> counts = new HashMap<>();
        while (bytes.remaining() >= Long.BYTES) {
            counts.merge(bytes.getLong(), 1, Integer::sum);
        }
        long instructions = 0;
        for (final Map.Entry<Long, Integer> entry : counts.entrySet()) {
            instructions += entry.getValue();
            add(entry.getKey(), entry.getValue());
        }
        return instructions;
    }

    private void add(final long address, final int times) {
        final Map.Entry<Long, Code> found = codes.floorEntry(address);
        if (found == null || Long.compareUnsigned(address, found.getValue().end) >= 0) {
            outside += times;
            return;
        }
        final Code code = found.getValue();
        // what was inlined is told for the end of a piece of code
        final Map.Entry<Long, List<String>> inlined = code.inlined.ceilingEntry(address);
        final List<String> methods = inlined == null ? List.of(code.method) : inlined.getValue();
        if (code.method.equals(COUNTED) || methods.contains(COUNTED)) {
            frames = Math.max(frames, times);
        }
        Node node = root;
        node.times += times;
        for (int i = methods.size() - 1; i >= 0; i--) {
            node = node.below.computeIfAbsent(methods.get(i), method -> new Node());
            node.times += times;
        }
    }

    private void print(final Node node, final String indent, final double least) {
        final List<Map.Entry<String, Node>> below = new ArrayList<>(node.below.entrySet());
        below.sort(Comparator.comparingLong(entry -> -entry.getValue().times));
        for (final Map.Entry<String, Node> entry : below) {
            final double times = (double) entry.getValue().times / frames;
            if (times >= least) {
                System.out.printf(Locale.ROOT, "%8.1f %s%s%n", times, indent, entry.getKey());
                print(entry.getValue(), indent + "  ", least);
            }
        }
    }

    /** A compiled method. */
    private static final class Code {
        private final String method;
        private final long end;
        private final TreeMap<Long, List<String>> inlined = new TreeMap<>(Long::compareUnsigned);

        Code(final String method, final long end) {
            this.method = method;
            this.end = end;
        }
    }

    /** A method where it was inlined. */
    private static final class Node {
        private final Map<String, Node> below = new HashMap<>();
        private long times;
    }
}
