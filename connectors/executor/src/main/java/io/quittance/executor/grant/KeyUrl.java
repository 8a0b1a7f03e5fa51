package io.quittance.executor.grant;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind a URL. They are kept for a while, and fetched anew after it and when a key is asked for that is not among
 * them, but not more often than the rate allows: forged tasks must not make an executor hammer the server. While the
 * server is out, keys are taken as they were last, for a bounded time.
 */
final class KeyUrl implements SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(KeyUrl.class);
    private static final int LONGEST = 256 * 1024;

    /**
     * How fresh the keys are kept.
     *
     * @param fresh how long keys are taken without being fetched again
     * @param rate no more than two fetches in that time
     * @param outage how long beyond that they are taken as they were, while they cannot be fetched
     * @param fetch how long connecting, or waiting for data, may take
     */
    record Freshness(Duration fresh, Duration rate, Duration outage, Duration fetch) {
        static final Freshness DEFAULTS =
                new Freshness(Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(3));
    }

    private final JWKSetBasedJWKSource<SecurityContext> source;

    /** @throws MalformedURLException if it is no URL */
    KeyUrl(URI url, Freshness freshness) throws MalformedURLException {
        int fetch = Math.toIntExact(freshness.fetch().toMillis());
        this.source = (JWKSetBasedJWKSource<SecurityContext>)
                JWKSourceBuilder.create(url.toURL(), new DefaultResourceRetriever(fetch, fetch, LONGEST))
                        .cache(freshness.fresh().toMillis(), 3L * fetch)
                        .refreshAheadCache(false)
                        .rateLimited(freshness.rate().toMillis())
                        .outageTolerant(freshness.outage().toMillis())
                        .build();
    }

    @Override
    public Optional<ECKey> find(JWSHeader header) throws IOException {
        try {
            return UsableKeys.only(source.get(UsableKeys.selector(header), null));
        } catch (KeySourceException unavailable) {
            log.atWarn()
                    .addKeyValue("failure", unavailable.getClass().getName())
                    .log("the keys that grants are signed with cannot be fetched");
            throw new IOException("keys cannot be fetched", unavailable);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException failure) {
            log.atWarn().addKeyValue("failure", failure.getClass().getName()).log("the source of keys did not close");
        }
    }
}
