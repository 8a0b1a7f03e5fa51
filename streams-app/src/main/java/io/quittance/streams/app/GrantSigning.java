package io.quittance.streams.app;

import io.quittance.streams.codec.GrantSeal;
import io.quittance.streams.config.AppConfig;
import io.quittance.streams.signature.GrantSigner;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether grants are signed, and with what. */
final class GrantSigning {
    private static final Logger log = LoggerFactory.getLogger(GrantSigning.class);

    private GrantSigning() {}

    /** @throws StartRefused if a key is named that cannot be used */
    static GrantSeal of(AppConfig config) {
        Path file = config.grantSigningKey();
        if (file == null) {
            log.warn("grants are not signed: executors cannot tell a forged task, so set grant.signing.key");
            return GrantSeal.NONE;
        }
        try {
            GrantSigner signer = GrantSigner.in(file, config.applicationId());
            log.atInfo().addKeyValue("key", signer.keyId()).log("grants are signed");
            return claims -> signer.sign(claims.get());
        } catch (IOException unusable) {
            throw new StartRefused(List.of("grant.signing.key: " + file + " cannot be used: " + reason(unusable)
                    + "; name a file that 'quittance keys new' made, readable for this user alone (chmod 600)."));
        }
    }

    /** The file system's own exceptions say but the path. */
    private static String reason(IOException failure) {
        return failure instanceof FileSystemException ? "it cannot be read" : String.valueOf(failure.getMessage());
    }
}
