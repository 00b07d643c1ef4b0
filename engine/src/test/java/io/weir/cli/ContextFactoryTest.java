package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.StreamContext.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFactoryTest {
    private static StreamContext streams(final Configuration configuration, final boolean live) {
        return new ContextFactory(configuration).streams(live).conclude();
    }

    @Test
    void shouldVerifyChecksumsLiveAndCountThemInFilesUnlessToldOtherwise() {
        final Configuration defaults = Configuration.defaults();
        assertEquals(Checksums.VERIFY, streams(defaults, true).checksums());
        assertEquals(Checksums.COUNT, streams(defaults, false).checksums());
        for (final boolean live : new boolean[] {false, true}) {
            assertEquals(Checksums.VERIFY, streams(defaults.with(Settings.CHECKSUMS, "verify"), live).checksums());
            assertEquals(Checksums.COUNT, streams(defaults.with(Settings.CHECKSUMS, "count"), live).checksums());
        }
    }

    @Test
    void shouldReadApplicationsFromTheFileThatIsSet(@TempDir final Path directory) throws IOException {
        assertTrue(new ContextFactory(Configuration.defaults()).applications().all().size() > 250);
        final Path file = Files.writeString(directory.resolve("mine.yaml"), """
            categories: [web]
            applications:
              mine: {title: Mine, category: web, hosts: [mine.example]}
            """);
        final Configuration mine = Configuration.defaults().with(Settings.APPLICATIONS, file.toString());
        assertEquals("mine", new ContextFactory(mine).applications().of(1).name());
        Files.writeString(file, "categories: [web]\napplications: {mine: {title: Mine, category: wep}}\n");
        assertEquals(file + ":2:46: unknown category 'wep'; did you mean 'web'?",
            assertThrows(CommandException.class, () -> new ContextFactory(mine).applications()).getMessage());
    }

    @Test
    void shouldHandOnEverySettingOfStreams() {
        final StreamContext streams = streams(Configuration.defaults()
            .with(Settings.STREAM_MEMORY, 2L << 20).with(Settings.STREAM_BYTES, 8_192L)
            .with(Settings.STREAM_COMPARISON, 1L << 20)
            .with(Settings.STREAM_DEPTH, 1_000_000_000_000L).with(Settings.MIDSTREAM, false)
            .with(Settings.URGENT, "drop").with(Settings.OVERLAP_POLICY, OverlapPolicy.BSD)
            .with(Settings.OVERLAP_POLICIES, Map.of("10.0.0.0/8", OverlapPolicy.SOLARIS)), false);
        assertEquals(2L << 20, streams.memoryBytesPerWorker());
        assertEquals(8_192, streams.streamBytes());
        assertEquals(1L << 20, streams.comparisonBytes());
        assertEquals(1_000_000_000_000L, streams.depth());
        assertFalse(streams.midstream());
        assertFalse(streams.urgentInline());
        assertEquals(OverlapPolicy.SOLARIS, streams.policies().of(4, 0, 0x0a01_0203));
        assertEquals(OverlapPolicy.BSD, streams.policies().of(4, 0, 0x0b01_0203));
        assertTrue(streams(Configuration.defaults(), false).urgentInline());
    }
}
