package io.quittance.streams.app;

import io.quittance.contract.Topics;
import io.quittance.streams.codec.InputTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks, before anything is read, whether the topics are there and fit together. */
final class TopicCheck {
    private static final long LIMIT_SECONDS = 30;

    private TopicCheck() {}

    /**
     * @return how many partitions the the input topics have
     * @throws StartRefused with a line for each topic that is missing or does not fit
     */
    static int partitions(Admin admin, Topics topics) {
        List<Topics.Topic> wanted = topics.all(List.of());
        Map<String, Integer> found = find(admin, wanted);
        List<String> inputs = InputTopic.names(topics);
        String reference = topics.requests();
        Integer partitions = found.get(reference);
        var problems = new ArrayList<String>();
        for (Topics.Topic topic : wanted) {
            Integer count = found.get(topic.name());
            if (count == null) {
                problems.add(topic.name() + ": the topic does not exist; create it with: quittance topics apply");
            } else if (partitions != null && inputs.contains(topic.name()) && !count.equals(partitions)) {
                problems.add(topic.name() + ": it has " + count + " partitions, but " + reference + " has "
                        + partitions + "; the input topics need the same number. Make it anew, or add"
                        + " partitions to the other ones before any request is made.");
            } else if (topic.name().equals(topics.limitClaims()) && count != 1) {
                problems.add(topic.name() + ": it has " + count + " partitions, but limits are kept exactly only where"
                        + " all claims are in one. Delete it, and make it anew with: quittance topics apply");
            }
        }
        if (!problems.isEmpty() || partitions == null) {
            throw new StartRefused(problems);
        }
        return partitions;
    }

    private static Map<String, Integer> find(Admin admin, List<Topics.Topic> wanted) {
        var found = new TreeMap<String, Integer>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        wanted.stream().map(Topics.Topic::name).toList())
                .topicNameValues();
        for (var answer : answers.entrySet()) {
            try {
                found.put(
                        answer.getKey(),
                        answer.getValue()
                                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                                .partitions()
                                .size());
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(failure);
                }
            } catch (TimeoutException late) {
                throw unreachable(late);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StartRefused(List.of("The start was interrupted."));
            }
        }
        return found;
    }

    private static StartRefused unreachable(Throwable why) {
        return new StartRefused(List.of("bootstrap.servers: the brokers do not say which topics there are ("
                + why.getClass().getSimpleName() + "); check the address, and that this client may describe topics."));
    }
}
