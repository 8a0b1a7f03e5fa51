package io.quittance.executor.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quittance.executor.GrantGuard;
import io.quittance.executor.TaskFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Takes JSON documents for a person. Safe for use by several threads at once. */
public interface ExportStore extends AutoCloseable {

    /**
     * Streams one JSON document to the store. Nothing can be read under the key before the document is complete; when
     * the writer or the store fails, nothing of it ever can.
     *
     * <p>A key is written once. If there is a document already, that one stays and is answered with: whoever works on a
     * task that another worker has taken over must not change a document that has been reported.
     *
     * @param key pseudonymous key below the configured prefix, as {@link ExportKey} makes them
     * @param writer writes exactly one JSON value and answers how many records it holds
     * @param guard asked right before the document becomes readable, when all that takes time has been done
     * @param <X> checked failure of the writer's own; passed on as it is
     * @return the document under the key
     * @throws TaskFailure when the store could not take it, or what the writer or the guard threw
     * @throws InterruptedException when the executor is stopping
     */
    <X extends Exception> StoredDocument write(String key, DocumentWriter<X> writer, GrantGuard guard)
            throws TaskFailure, InterruptedException, X;

    /**
     * The document that is under a key, if there is one: whoever wrote it may have been stopped before it could say so.
     *
     * @throws TaskFailure when the store could not be asked, or something else lies there
     * @throws InterruptedException when the executor is stopping
     */
    Optional<StoredDocument> find(String key) throws TaskFailure, InterruptedException;

    @Override
    void close();

    /** Writes one document, of the form that {@link StoredDocument} tells. */
    @FunctionalInterface
    interface DocumentWriter<X extends Exception> {

        /**
         * Writes one JSON value.
         *
         * @return how many records it holds, by dataset
         * @throws IOException when the generator, or the source of the data, cannot go on
         */
        Map<String, Long> writeTo(JsonGenerator json) throws IOException, TaskFailure, InterruptedException, X;
    }
}
