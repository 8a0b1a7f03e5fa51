package io.quittance.executor;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What signatures of grants are checked with: exactly one of the two places.
 *
 * @param file the key set, where it is a file
 * @param url the key set, where it is behind a URL
 * @param required whether a grant without a signature is refused; one that is there is always checked
 */
public record GrantSignatures(Optional<Path> file, Optional<URI> url, boolean required) {
    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");
    /** Over the network only what cannot be changed on its way. */
    private static final Pattern SAFE_URL =
            Pattern.compile("(?i)https://.+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?(/.*)?");

    /** @throws IllegalArgumentException if it is neither a path, nor an https URL, nor an http URL of this machine */
    static GrantSignatures of(String place, boolean required) {
        if (!URL.matcher(place).matches()) {
            return new GrantSignatures(Optional.of(Path.of(place)), Optional.empty(), required);
        }
        URI url = URI.create(place);
        if (!SAFE_URL.matcher(place).matches() || url.getHost() == null || url.getUserInfo() != null) {
            throw new IllegalArgumentException("keys could be changed on their way");
        }
        return new GrantSignatures(Optional.empty(), Optional.of(url), required);
    }
}
