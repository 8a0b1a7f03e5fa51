package io.quittance.executor.connect;

import io.quittance.executor.ExecutorConfig;
import io.quittance.executor.GrantSignatures;
import io.quittance.executor.grant.Authenticity;
import io.quittance.executor.grant.SignedTasks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an executor tells the pipeline's tasks from others, as it is configured. */
final class Authenticities {
    private static final Logger log = LoggerFactory.getLogger(Authenticities.class);

    private Authenticities() {}

    /** @throws ConfigException if a file is named that holds no key set */
    static Authenticity of(ExecutorConfig config) {
        Optional<GrantSignatures> signatures = config.grantSignatures();
        if (signatures.isEmpty()) {
            log.atWarn()
                    .addKeyValue("system", config.system())
                    .log("signatures of grants are not checked: set grant.jwks to refuse forged tasks");
            return Authenticity.BY_TOPIC;
        }
        GrantSignatures chosen = signatures.get();
        try {
            return chosen.file().isPresent()
                    ? SignedTasks.withKeysIn(chosen.file().get(), chosen.required(), config.topics())
                    : SignedTasks.withKeysAt(chosen.url().orElseThrow(), chosen.required(), config.topics());
        } catch (IOException unusable) {
            throw new ConfigException(ExecutorConfig.GRANT_JWKS + ": "
                    + chosen.file().map(Path::toString).orElse("the URL") + " cannot be used (" + reason(unusable)
                    + "); name a JSON Web Key Set that the worker may read");
        }
    }

    /** The file system's own exceptions say but the path. */
    private static String reason(IOException failure) {
        return failure instanceof FileSystemException
                ? failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }
}
