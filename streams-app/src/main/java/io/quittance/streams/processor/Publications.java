package io.quittance.streams.processor;

import io.quittance.contract.SpecificAvroSerde.RegistryUnavailableException;
import io.quittance.streams.codec.InvalidRecordException;
import io.quittance.streams.codec.PolicyVersionKey;
import io.quittance.streams.codec.ReferenceReader;
import io.quittance.streams.domain.Door;
import io.quittance.streams.domain.limit.Limit;
import io.quittance.streams.domain.model.Freeze;
import io.quittance.streams.domain.model.SystemEntry;
import io.quittance.streams.domain.policy.Policies;
import io.quittance.streams.domain.policy.Policy;
import io.quittance.streams.state.PolicyCompiler;
import io.quittance.streams.state.ReferenceData;
import org.jspecify.annotations.Nullable;

/** The kinds of documents that operators publish. */
public final class Publications {
    private Publications() {}

    /** Policies, compiled before they come into force. */
    public static ReferenceProcessor.Publication policies(
            ReferenceReader reader, PolicyCompiler compiler, ReferenceData world) {
        return new ReferenceProcessor.Publication() {
            @Override
            public void publish(String topic, String key, byte[] document) {
                if (PolicyVersionKey.is(key)) {
                    // History, for people: never in force, and no mistake either.
                    return;
                }
                Policy policy = reader.policy(topic, key, document);
                Policy before = world.policy(key);
                if (!policy.equals(before)) {
                    requireLater(policy.version(), before == null ? null : before.version());
                    world.publish(policy, compiled(compiler, policy));
                }
            }

            @Override
            public void withdraw(String key) {
                world.withdrawPolicy(key);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** Entries of the data map. */
    public static ReferenceProcessor.Publication systems(ReferenceReader reader, ReferenceData world) {
        return new ReferenceProcessor.Publication() {
            @Override
            public void publish(String topic, String key, byte[] document) {
                SystemEntry entry = reader.system(topic, key, document);
                SystemEntry before = world.system(key);
                if (!entry.equals(before)) {
                    requireLater(entry.version(), before == null ? null : before.version());
                    world.publish(entry);
                }
            }

            @Override
            public void unusable(String key) {
                world.unreadableSystem(key);
            }

            @Override
            public void withdraw(String key) {
                world.withdrawSystem(key);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** Limits. */
    public static ReferenceProcessor.Publication limits(ReferenceReader reader, ReferenceData world) {
        return new ReferenceProcessor.Publication() {
            @Override
            public void publish(String topic, String key, byte[] document) {
                Limit limit = reader.limit(topic, key, document);
                Limit before = world.limit(key);
                if (!limit.equals(before)) {
                    requireLater(limit.version(), before == null ? null : before.version());
                    world.publish(limit);
                }
            }

            @Override
            public void withdraw(String key) {
                world.withdrawLimit(key);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /**
     * Orders to stand still. One that cannot be read may be any, and so stops everything until it is mended or lifted.
     */
    public static ReferenceProcessor.Publication freezes(ReferenceReader reader, ReferenceData world) {
        return new ReferenceProcessor.Publication() {
            @Override
            public void publish(String topic, String key, byte[] document) {
                try {
                    world.publish(key, reader.freeze(topic, key, document));
                } catch (RegistryUnavailableException unread) {
                    unusable(key);
                    throw unread;
                }
            }

            @Override
            public void unusable(String key) {
                world.publish(key, Freeze.ofEverything(Door.isName(key, Door.MAX_TEXT) ? key : "(illegible)"));
            }

            @Override
            public void withdraw(String key) {
                world.liftFreeze(key);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private static Policies compiled(PolicyCompiler compiler, Policy policy) {
        try {
            return compiler.compile(policy);
        } catch (IllegalArgumentException refused) {
            throw new InvalidRecordException("The policy was refused: " + refused.getMessage());
        }
    }

    /** Decisions and audits name versions: one number must never mean two things. */
    private static void requireLater(int version, @Nullable Integer before) {
        if (before != null && version <= before) {
            throw new InvalidRecordException(
                    "The record was refused: its version is not higher than the one in force, and it says something"
                            + " else. Raise the version.");
        }
    }
}
