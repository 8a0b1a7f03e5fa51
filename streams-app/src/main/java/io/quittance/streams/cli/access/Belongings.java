package io.quittance.streams.cli.access;

import io.quittance.contract.Topics;
import io.quittance.contract.Topics.Topic;
import io.quittance.streams.cli.CliException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The groups and topics that principals name for themselves have to be theirs: a Connect worker with a right to the
 * pipeline's topics could decide, and whoever joins the group of another takes partitions away from it.
 */
final class Belongings {

    private final Topics topics;
    private final Principals principals;

    private Belongings(Topics topics, Principals principals) {
        this.topics = topics;
        this.principals = principals;
    }

    /** Why these principals get no rights, if one of them names what is not its own. */
    static Optional<CliException> refusal(Topics topics, Principals principals) {
        var belongings = new Belongings(topics, principals);
        return principals.holders().stream()
                .flatMap(holder -> Stream.concat(belongings.strangeTopics(holder), belongings.strangeGroups(holder)))
                .findFirst();
    }

    private Stream<CliException> strangeTopics(Holder holder) {
        return holder.topics().stream()
                .filter(this::isOfThePipeline)
                .map(topic -> CliException.usage(
                        "'" + holder.principal() + "' cannot have '" + topic + "' for its own: that is the pipeline's.",
                        "Name what the worker has as config.storage.topic, offset.storage.topic and"
                                + " status.storage.topic; let it begin neither with '"
                                + AccessRules.taskPrefix(topics) + "' nor with '" + principals.internalPrefix()
                                + "', and be none of those that 'quittance topics apply --dry-run' lists."));
    }

    /** What else begins with the topic prefix may be the worker's own: the pipeline has nothing there. */
    private boolean isOfThePipeline(String topic) {
        return topic.startsWith(principals.internalPrefix())
                || topic.startsWith(AccessRules.taskPrefix(topics))
                || isInTheCatalogue(topic);
    }

    private boolean isInTheCatalogue(String topic) {
        return topics.all(principals.systems()).stream().map(Topic::name).anyMatch(topic::equals);
    }

    private Stream<CliException> strangeGroups(Holder holder) {
        return holder.groups().stream()
                .flatMap(group -> whoElseHas(group, holder)
                        .map(other -> CliException.usage(
                                "'" + holder.principal() + "' and " + other + " cannot both have the group '" + group
                                        + "': one would take partitions away from the other.",
                                "Give each part a group of its own under 'groups'."))
                        .stream());
    }

    /** Of another part: several that play the same one share its work. */
    private Optional<String> whoElseHas(String group, Holder holder) {
        if (group.equals(principals.applicationId()) && holder.role() != Role.APPLICATION) {
            return Optional.of("the application");
        }
        return principals.holders().stream()
                .filter(other -> other.groups().contains(group) && !other.part().equals(holder.part()))
                .map(other -> "'" + other.principal() + "'")
                .findFirst();
    }
}
