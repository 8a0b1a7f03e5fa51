package io.quittance.streams.signature;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind a URL. They are kept for a while, fetched again ahead of that, and when a key is asked for that is not
 * among them; but never more often than the rate allows, whatever is asked for. While the server is out, or has no key
 * set, they are taken as they were last, for a bounded time. A key set counts at once, also one of which no key can be
 * used: it may have been replaced to take one away.
 */
final class KeySetUrl implements ApproverKeys {
    private static final Logger log = LoggerFactory.getLogger(KeySetUrl.class);

    private final Fetched fetched;
    private final JWKSetBasedJWKSource<SecurityContext> source;

    /**
     * How fresh the keys are kept.
     *
     * @param fresh how long keys are taken without being fetched again
     * @param ahead how long before that they are fetched in the background
     * @param rate no more than two fetches in that time
     * @param outage how long keys are taken as they were, while they cannot be fetched
     * @param fetch how long a fetch may take
     */
    record Freshness(Duration fresh, Duration ahead, Duration rate, Duration outage, Duration fetch) {
        static final Freshness DEFAULTS = new Freshness(
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(3));
    }

    KeySetUrl(URI url, Freshness freshness) {
        this.fetched = new Fetched(new BoundedFetch(url, KeySet.MAX_LENGTH, freshness.fetch()));
        long waiting = freshness.fetch().multipliedBy(2).toMillis();
        this.source = (JWKSetBasedJWKSource<SecurityContext>) JWKSourceBuilder.create(fetched)
                .cache(freshness.fresh().toMillis(), waiting)
                .refreshAheadCache(freshness.ahead().toMillis(), false)
                .rateLimited(freshness.rate().toMillis())
                .outageTolerant(freshness.outage().toMillis())
                .build();
    }

    @Override
    public Optional<ApproverKey> find(String keyId, Instant now) throws IOException {
        JWKSet present = get(JWKSetCacheRefreshEvaluator.noRefresh(), now);
        Optional<ApproverKey> found = fetched.find(keyId);
        return found.isPresent() ? found : findAmongNewer(keyId, present, now);
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException failure) {
            log.atWarn().addKeyValue("failure", failure.getClass().getName()).log("the source of keys did not close");
        }
    }

    /** Keys rotate: one that is not known may be new. */
    private Optional<ApproverKey> findAmongNewer(String keyId, JWKSet known, Instant now) {
        try {
            get(JWKSetCacheRefreshEvaluator.referenceComparison(known), now);
            return fetched.find(keyId);
        } catch (IOException noneNewer) {
            return Optional.empty();
        }
    }

    private JWKSet get(JWKSetCacheRefreshEvaluator evaluator, Instant now) throws IOException {
        try {
            return source.getJWKSetSource().getJWKSet(evaluator, now.toEpochMilli(), null);
        } catch (RateLimitReachedException later) {
            throw new IOException("keys were asked for too often", later);
        } catch (KeySourceException unavailable) {
            log.atWarn().log("the keys that decisions are signed with cannot be fetched");
            throw new IOException("keys cannot be fetched", unavailable);
        }
    }

    /** The last of the chain: whether its keys may be used is for those before it to say. */
    private static final class Fetched implements JWKSetSource<SecurityContext> {
        private final BoundedFetch fetch;
        private volatile @Nullable KeySet latest;

        Fetched(BoundedFetch fetch) {
            this.fetch = fetch;
        }

        Optional<ApproverKey> find(String keyId) {
            KeySet keys = latest;
            return keys == null ? Optional.empty() : keys.find(keyId);
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                KeySet keys = KeySet.parse(fetch.get());
                if (keys.isUnusable()) {
                    log.atError()
                            .log("none of the keys that decisions are signed with can be used: no signed decision"
                                    + " counts");
                }
                latest = keys;
                return new JWKSet(keys.all());
            } catch (IOException | ParseException failure) {
                throw new JWKSetUnavailableException("no key set", failure);
            }
        }

        @Override
        public void close() {}
    }
}
