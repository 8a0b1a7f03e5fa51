package io.quittance.proving.nemesis;

import io.quittance.proving.ground.Ground;
import io.quittance.proving.ground.Part;
import io.quittance.proving.history.FaultEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Starts parts again that end by themselves, as whoever supervises processes does. Each such end is written down: a
 * restart heals much of what a run is there to find.
 */
public final class Supervisor {
    private final Ground ground;
    private final Diary diary;
    /** Those whose end is written down, while they do not run. */
    private final Set<Part> known = new HashSet<>();

    public Supervisor(Ground ground, Diary diary) {
        this.ground = ground;
        this.diary = diary;
    }

    /** Looks while no fault is under way, and none is being recovered from. */
    public void look(String when) {
        look(List.of(), when);
    }

    /** While these are under way: whom they end, they start again. */
    void lookDuring(Collection<Injection> underWay) {
        known.removeIf(Part::alive);
        dead().stream()
                .filter(part -> underWay.stream().noneMatch(injection -> injection.ends(part)))
                .forEach(part -> ended(part, underWay, "under way"));
    }

    /**
     * When whoever was ended on purpose runs again.
     *
     * @param healed faults that it may have come from
     */
    void look(Collection<Injection> healed, String when) {
        known.removeIf(Part::alive);
        dead().forEach(part -> ended(part, healed, when));
    }

    /** @throws io.quittance.harness.HarnessException when a part does not come back: then the run is worth nothing */
    void restart() {
        for (Part part : dead()) {
            part.start();
            known.remove(part);
        }
    }

    private void ended(Part part, Collection<Injection> faults, String when) {
        if (!known.add(part)) {
            return;
        }
        List<String> excuses = faults.stream()
                .filter(injection -> injection.mayStop(part))
                .map(injection -> injection.fault().id())
                .toList();
        if (!excuses.isEmpty()) {
            excuses.forEach(fault -> diary.write(fault, part.name(), FaultEvent.STOPPED, when));
        } else if (faults.isEmpty()) {
            diary.write(FaultEvent.NONE, part.name(), FaultEvent.CRASHED, when);
        } else {
            faults.stream()
                    .map(injection -> injection.fault().id())
                    .distinct()
                    .forEach(fault -> diary.write(fault, part.name(), FaultEvent.CRASHED, when));
        }
    }

    private List<Part> dead() {
        return ground.parts().stream().filter(part -> !part.alive()).toList();
    }
}
