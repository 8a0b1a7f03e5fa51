package io.quittance.proving.nemesis;

import io.quittance.proving.ground.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a part prints from a moment on. */
final class LogTail {
    private final Part part;
    private final Map<Path, Long> begins = new HashMap<>();

    LogTail(Part part) {
        this.part = part;
    }

    /** From now on. */
    void begin() {
        for (Path log : part.logs()) {
            try {
                begins.put(log, Files.exists(log) ? Files.size(log) : 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether any of it holds the words, so far. */
    boolean holds(String words) {
        return part.logs().stream().anyMatch(log -> tail(log).contains(words));
    }

    private String tail(Path log) {
        if (!Files.exists(log)) {
            return "";
        }
        try (var channel = Files.newByteChannel(log)) {
            channel.position(begins.getOrDefault(log, 0L));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(log + " cannot be read", e);
        }
    }
}
