package io.quittance.proving.load;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * All that the seed decides of the load: what is played, and about whom. Stories, freezes, floods and probes have
 * chances and people of their own, for how many there are of one depends on the machine, and is not to change another.
 */
final class Casting {
    /** One in so many people is there for floods. */
    private static final int FLOODABLE = 10;
    /** One in so many people is there for probes. */
    private static final int PROBED = 20;

    private final long seed;
    private final Random stories;
    private final Random freezes;
    private final Circle people;
    private final Circle flooded;
    private final List<Circle> probed;

    /**
     * @param people how many there are to ask about
     * @throws IllegalArgumentException if that is too few for a probe in every partition
     */
    Casting(long seed, int people) {
        this.seed = seed;
        this.stories = new Random(seed);
        this.freezes = new Random(~seed);
        int firstFlooded = people - Math.max(1, people / FLOODABLE);
        int firstProbed = firstFlooded - people / PROBED;
        this.people = new Circle(IntStream.range(0, firstProbed));
        this.flooded = new Circle(IntStream.range(firstFlooded, people));
        this.probed = IntStream.range(0, Estate.PARTITIONS)
                .mapToObj(partition -> new Circle(IntStream.range(firstProbed, firstFlooded)
                        .filter(number -> person(number).partition() == partition)))
                .toList();
    }

    /** Chances of the next story. */
    synchronized Random nextStory() {
        return new Random(stories.nextLong());
    }

    /** System of the next freeze. */
    synchronized String nextFrozen() {
        return freezes.nextBoolean() ? Estate.CRM : Estate.ARCHIVE;
    }

    /** There have to be enough of them: whoever is asked about twice gives endings that nobody expects. */
    Person nextPerson() {
        return person(people.next());
    }

    /** Those whom floods are about are nobody else's business: nothing else about them is expected. */
    Person nextFlooded() {
        return person(flooded.next());
    }

    /** Somebody of that partition. They come again when all have been, long after they were closed. */
    Person nextProbed(int partition) {
        return person(probed.get(partition).next());
    }

    private Person person(int number) {
        return Person.of(seed, number);
    }

    /** Numbers, one after the other, again and again. */
    private static final class Circle {
        private final int[] numbers;
        private final AtomicInteger given = new AtomicInteger();

        Circle(IntStream numbers) {
            this.numbers = numbers.toArray();
            if (this.numbers.length == 0) {
                throw new IllegalArgumentException("there are too few people");
            }
        }

        int next() {
            return numbers[Math.floorMod(given.getAndIncrement(), numbers.length)];
        }
    }
}
