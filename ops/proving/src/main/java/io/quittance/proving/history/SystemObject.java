package io.quittance.proving.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An object that was in the object store when the run was over.
 *
 * @param sha256 of its bytes, lower-case hexadecimal
 * @param text its content, of exported documents only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SystemObject(
        String bucket,
        String key,
        String sha256,
        long bytes,
        @Nullable String text) {
    @Override
    public String toString() {
        return "SystemObject[" + bucket + "/" + key + "]";
    }
}
