package io.weir.capture.file;

import io.weir.capture.CaptureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates files that did not exist: for the owner alone, following no link, overwriting nothing. */
final class NewFile {
    private NewFile() {
    }

    /**
     * Creates a file.
     *
     * @throws CaptureException if it exists or cannot be created
     */
    static FileChannel create(final Path path) {
        try {
            return FileChannel.open(path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (final FileAlreadyExistsException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE,
                path + " exists already; weir does not overwrite captures: name another file or remove it");
        } catch (final NoSuchFileException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE,
                path + " cannot be created: its directory does not exist");
        } catch (final AccessDeniedException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE,
                path + " cannot be created: no permission to write in its directory");
        } catch (final IOException e) {
            throw new CaptureException(CaptureException.Kind.BAD_FILE,
                path + " cannot be created: " + e.getMessage());
        }
    }
}
