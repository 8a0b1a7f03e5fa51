package io.quittance.proving.check;

import static io.quittance.proving.check.Histories.CONTACT;
import static io.quittance.proving.check.Histories.DATASET;
import static io.quittance.proving.check.Histories.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.quittance.proving.check.Extent.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtentTest {
    private static final Scope WHOLE = new Scope(List.of(), List.of());

    private final DataMap map = Histories.quiet().mapped("archive", "ACCESS", "DELETE").evidence.dataMap;

    @Test
    void whatNobodyNarrowedIsAboutEverySystemThatListsTheAction() {
        assertThat(datasets("DELETE", WHOLE))
                .isEqualTo(Map.of(SYSTEM, List.of(DATASET, "invoices"), "archive", List.of("documents")));
        assertThat(datasets("ANONYMIZE", WHOLE)).containsOnlyKeys(SYSTEM);
    }

    @Test
    void everyScopeLeavesSomethingOut() {
        assertThat(datasets("DELETE", WHOLE, new Scope(List.of("archive"), List.of())))
                .containsOnlyKeys("archive");
        assertThat(datasets("DELETE", new Scope(List.of(SYSTEM), List.of()), new Scope(List.of("archive"), List.of())))
                .isEmpty();
    }

    @Test
    void aDeleteSparesWhatHoldsMoreThanTheCategories() {
        assertThat(datasets("DELETE", new Scope(List.of(), List.of("identity"))))
                .isEmpty();
        assertThat(datasets("DELETE", new Scope(List.of(), CONTACT))).isEqualTo(Map.of(SYSTEM, List.of(DATASET)));
    }

    @Test
    void whatIsReadIsWhateverHoldsOneOfTheCategories() {
        assertThat(datasets("ACCESS", new Scope(List.of(), List.of("identity"))))
                .isEqualTo(Map.of(SYSTEM, List.of(DATASET, "invoices")));
    }

    private Map<String, List<String>> datasets(String action, Scope... limits) {
        return new Extent(action, List.of(limits)).datasets(map);
    }
}
