package io.quittance.proving.check;

import io.quittance.proving.history.Act;
import io.quittance.proving.history.Act.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Revocations and freezes, by when everybody could know of them. */
record Orders(Map<String, Long> revocations, List<Freeze> freezes) {
    private record Freeze(String name, List<String> systems, long from, long until) {}

    static Orders of(Evidence evidence) {
        Map<String, Long> seen = new HashMap<>();
        evidence.acts(Kind.REVOCATION_SEEN)
                .forEach(act -> seen.merge(act.details().getOrDefault("grant", ""), act.at(), Math::min));
        List<Freeze> freezes = new ArrayList<>();
        for (Act frozen : evidence.acts(Kind.FROZEN)) {
            String name = frozen.details().getOrDefault("name", "");
            long until = evidence.acts(Kind.THAWED).stream()
                    .filter(act -> name.equals(act.details().get("name")))
                    .mapToLong(Act::at)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (frozen.acknowledgedAt() != null) {
                List<String> systems =
                        List.of(frozen.details().getOrDefault("systems", "").split(","));
                freezes.add(new Freeze(name, systems, frozen.acknowledgedAt(), until));
            }
        }
        return new Orders(seen, freezes);
    }

    /** Whether a freeze of one of the systems reaches into that time. */
    boolean hasFreeze(Collection<String> systems, long from, long until) {
        return freezes.stream()
                .anyMatch(freeze -> freeze.systems().stream().anyMatch(systems::contains)
                        && freeze.from() <= until
                        && from <= freeze.until());
    }

    Optional<Long> revoked(String grantId) {
        return Optional.ofNullable(revocations.get(grantId));
    }

    /** A freeze under which all of that time lies. */
    Optional<String> freeze(String system, long at, long finished) {
        return freezes.stream()
                .filter(freeze -> freeze.systems().contains(system) && at > freeze.from() && finished < freeze.until())
                .map(Freeze::name)
                .findFirst();
    }
}
