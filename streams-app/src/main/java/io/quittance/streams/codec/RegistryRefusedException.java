package io.quittance.streams.codec;

import org.apache.kafka.common.errors.RetriableException;

/**
 * A record could not be written because the schema registry did not take its schema now. That may pass: the registry
 * may be away, or another task may have been registering the same schema at the same moment.
 */
public final class RegistryRefusedException extends RetriableException {
    private static final long serialVersionUID = 1L;

    RegistryRefusedException(Throwable cause) {
        super("The schema registry did not take a schema.", cause);
    }
}
