package io.quittance.streams.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where health, metrics and look-ups are served.
 *
 * @param port 0 takes any free port
 * @param tokenFile file whose content a caller must present as bearer token; null asks for none
 */
public record HttpConfig(String host, int port, @Nullable Path tokenFile) {}
