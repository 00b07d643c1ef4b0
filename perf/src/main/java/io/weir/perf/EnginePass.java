package io.weir.perf;

import java.nio.file.Path;

record EnginePass(boolean full) implements Pass {
    @Override
    public long run(final Path trace, final int workers) {
        throw new UnsupportedOperationException("engine");
    }
}
