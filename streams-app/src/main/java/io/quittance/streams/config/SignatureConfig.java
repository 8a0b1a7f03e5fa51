package io.quittance.streams.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What signatures of decisions are checked with.
 *
 * @param file the key set, where it is a file
 * @param url the key set, where it is behind a URL; at most one of the two is there
 * @param issuer whose signatures are taken; null for anybody's
 * @param skew by how much clocks may differ
 */
public record SignatureConfig(
        @Nullable Path file, @Nullable URI url, @Nullable String issuer, Duration skew) {

    private static final Pattern URL = Pattern.compile("(?i)https?://.*");
    /** Over the network only what cannot be changed on its way. */
    private static final Pattern SAFE_URL =
            Pattern.compile("(?i)https://.+|http://(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?(/.*)?");

    static SignatureConfig of(@Nullable String place, @Nullable String issuer, Duration skew) {
        boolean remote = place != null && URL.matcher(place).matches();
        return new SignatureConfig(
                place == null || remote ? null : Path.of(place), remote ? URI.create(place) : null, issuer, skew);
    }

    /** Whether keys may come from there: a path, an https URL, or an http URL of this machine. */
    static boolean isPlace(String text) {
        try {
            SignatureConfig parsed = of(text, null, Duration.ZERO);
            URI url = parsed.url();
            return !text.isBlank()
                    && (url == null
                            || (SAFE_URL.matcher(text).matches()
                                    && url.getHost() != null
                                    && url.getUserInfo() == null));
        } catch (IllegalArgumentException neither) {
            return false;
        }
    }
}
