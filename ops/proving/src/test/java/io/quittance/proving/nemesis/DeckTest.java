package io.quittance.proving.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeckTest {
    private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

    @Test
    void dealsEachKindBeforeAnyComesAgain() {
        var deck = new Deck(ALL, new Random(1));
        for (int round = 0; round < 3; round++) {
            assertThat(deal(deck, ALL.size())).containsExactlyInAnyOrderElementsOf(ALL);
        }
    }

    @Test
    void dealsTheSameForTheSameSeed() {
        assertThat(deal(new Deck(ALL, new Random(5)), 50)).isEqualTo(deal(new Deck(ALL, new Random(5)), 50));
    }

    @Test
    void dealsOtherwiseForAnotherSeed() {
        assertThat(deal(new Deck(ALL, new Random(5)), 50)).isNotEqualTo(deal(new Deck(ALL, new Random(6)), 50));
    }

    @Test
    void dealsNextWhatWasPutBack() {
        var deck = new Deck(ALL, new Random(2));
        Fault first = deck.deal();
        deck.putBack(first);
        assertThat(deck.deal()).isEqualTo(first);
        assertThat(Stream.concat(Stream.of(first), deal(deck, ALL.size() - 1).stream()))
                .containsExactlyInAnyOrderElementsOf(ALL);
    }

    private static List<Fault> deal(Deck deck, int many) {
        return IntStream.range(0, many).mapToObj(i -> deck.deal()).toList();
    }
}
