package io.quittance.streams.cli.kafka;

import io.quittance.contract.Topics.Topic;

/** Looks at the schemas of topics' values in the registry and registers them. It cannot alter or delete one. */
public interface SchemaAdmin extends AutoCloseable {

    /** Where the schema of a topic's values is. */
    enum Standing {
        /** The registry has it. */
        EXISTS,
        /** The registry does not have it, and would take it. */
        MISSING,
        /** It was missing, and this registered it. */
        REGISTERED,
        /** The topic's subject has another one that it is not compatible with. */
        INCOMPATIBLE,
        /** Nobody looked. */
        LEFT_OUT
    }

    /** For whoever leaves schemas out. */
    SchemaAdmin NONE = new SchemaAdmin() {
        @Override
        public Standing look(Topic topic) {
            return Standing.LEFT_OUT;
        }

        @Override
        public Standing register(Topic topic) {
            return Standing.LEFT_OUT;
        }

        @Override
        public void close() {}
    };

    /** Changes nothing. */
    Standing look(Topic topic);

    /** Registers a schema that is missing; one that has been registered meanwhile exists. */
    Standing register(Topic topic);

    @Override
    void close();
}
