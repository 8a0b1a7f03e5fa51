package io.quittance.proving.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Marker;
import io.quittance.proving.history.Subject;
import org.junit.jupiter.api.Test;

class PersonTest {
    @Test
    void theSameSeedGivesTheSamePerson() {
        assertThat(Person.of(7, 42).subject()).isEqualTo(Person.of(7, 42).subject());
        assertThat(Person.of(7, 42).subject()).isNotEqualTo(Person.of(8, 42).subject());
    }

    @Test
    void whateverFindsAPersonHoldsTheMarkThatTheCheckerLooksFor() {
        assertThat(Person.MARK).isEqualTo(Marker.TEXT);
        Person person = Person.of(1, 3);
        assertThat(person.customerId()).contains(Marker.TEXT);
        assertThat(person.email()).contains(Marker.TEXT);
        assertThat(person.subjectId()).doesNotContain(Marker.TEXT);
        assertThat(person.toString()).doesNotContain(Marker.TEXT);
    }

    @Test
    void theHistoryIsToldOfEveryRowAndLetter() {
        Subject subject = Person.of(1, 3).subject();
        assertThat(subject.held("crm", "customers")).hasSize(1);
        assertThat(subject.held("sales", "orders")).isNotEmpty();
        assertThat(subject.held("archive", "documents")).isNotEmpty();
    }
}
