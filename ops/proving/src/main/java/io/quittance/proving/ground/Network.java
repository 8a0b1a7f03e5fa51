package io.quittance.proving.ground;

import io.quittance.harness.Site;
import java.util.Optional;

/** Where the parts listen, and who reaches whom. */
interface Network {
    /** The place of a part: the same whenever it is asked for. */
    Site site(String part);

    /** An address of this JVM for a server that stands in for a part. */
    String addressHere(String part);

    /** A port for a server of a part, the same whenever it is asked for. */
    int port(String part, int usual);

    /** Why nobody can be cut off; empty where it can be done. */
    Optional<String> refusal();

    /** From now on nothing that one of the two sends reaches the other, and nobody tells them. */
    void cut(String part, String other);

    /**
     * Undoes {@link #cut}.
     *
     * @return how many packets did not reach the other
     */
    long mend(String part, String other);
}
