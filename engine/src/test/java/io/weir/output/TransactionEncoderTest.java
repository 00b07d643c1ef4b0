package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransactionEncoderTest {
    /** Loads weir's classes anew, as in a process that has just begun. */
    private static final class Fresh extends ClassLoader {
        Fresh() {
            super(TransactionEncoderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.weir.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                final Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(final String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                final byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (final IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Run among fresh classes. */
    public static final class Odd implements Runnable {
        @Override
        public void run() {
            final List<String> objects = Talk.tcp(80).client("GET / HTTP/1.1\r\nA: b\r\n\r\n").objects();
            assertTrue(objects.get(0).contains("\"event\":\"MISSING_HOST_HEADER\","
                + "\"layer\":\"proto_parser\",\"app_proto\":\"http\""), objects.toString());
        }
    }

    @Test
    void shouldNameTheProtocolOfAnAnomalyThoughItsClassIsLoadedFirst() throws ReflectiveOperationException {
        final ClassLoader classes = new Fresh();
        Class.forName(TransactionEncoder.class.getName(), true, classes);
        ((Runnable) classes.loadClass(Odd.class.getName()).getConstructor().newInstance()).run();
    }
}
