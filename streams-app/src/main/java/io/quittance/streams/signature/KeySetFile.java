package io.quittance.streams.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in a file, read again whenever it has changed: keys come and go without a restart. A file that cannot be read is
 * no keys at all: it may have been replaced to take one away.
 */
final class KeySetFile implements ApproverKeys {
    private static final Logger log = LoggerFactory.getLogger(KeySetFile.class);
    /** File systems count time in steps; what was written just before it was read may change within the same one. */
    private static final Duration STEP = Duration.ofSeconds(2);

    private final Path file;
    private @Nullable Known known;

    /** @throws IOException if the file is no key set, or lists keys of which none can be used */
    KeySetFile(Path file) throws IOException {
        this.file = file;
        if (read(Instant.EPOCH).isEmpty()) {
            log.atWarn().log("the set of keys that decisions are signed with is empty: no signed decision counts yet");
        }
    }

    /** What a file looks like from outside. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object identity) {}

    private record Known(Stamp stamp, boolean settled, KeySet keys) {}

    @Override
    public synchronized Optional<ApproverKey> find(String keyId, Instant now) throws IOException {
        Known last = known;
        if (last != null && last.settled() && last.stamp().equals(stamp())) {
            return last.keys().find(keyId);
        }
        return readOrForget(now).find(keyId);
    }

    @Override
    public void close() {}

    private KeySet readOrForget(Instant now) throws IOException {
        try {
            return read(now);
        } catch (IOException unreadable) {
            known = null;
            log.atWarn().log("the keys that decisions are signed with cannot be read");
            throw unreadable;
        }
    }

    private KeySet read(Instant now) throws IOException {
        Stamp stamp = stamp();
        if (stamp.size() > KeySet.MAX_LENGTH) {
            throw new IOException("too large for a key set");
        }
        try {
            KeySet keys = KeySet.parse(Files.readString(file));
            if (keys.isUnusable()) {
                throw new IOException("no usable key in the key set");
            }
            boolean settled = stamp.modified().toInstant().plus(STEP).isBefore(now);
            known = new Known(stamp, settled, keys);
            return keys;
        } catch (ParseException malformed) {
            throw new IOException("no key set", malformed);
        }
    }

    private Stamp stamp() throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
}
