package io.quittance.proving.ground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespacesTest {
    /** Of iptables 1.8.9. */
    private static final String RULES = """
            -P INPUT ACCEPT -c 12 900
            -P FORWARD ACCEPT -c 0 0
            -P OUTPUT ACCEPT -c 14 1000
            -A INPUT -s 10.77.0.21/32 -c 5 300 -j DROP
            -A INPUT -s 10.77.0.2/32 -c 100 6000 -j DROP
            -A OUTPUT -d 10.77.0.21/32 -c 2 120 -j DROP
            -A OUTPUT -d 10.77.0.22/32 -c 0 0 -j DROP
            """;

    @Test
    void countWhatWasDroppedInBothDirections() {
        assertThat(Namespaces.dropped(RULES, "10.77.0.21")).isEqualTo(7);
    }

    @Test
    void countNothingThatWasDroppedForAnother() {
        assertThat(Namespaces.dropped(RULES, "10.77.0.22")).isZero();
    }
}
