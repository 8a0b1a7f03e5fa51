package io.quittance.quickstart.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/** Which images a container could be started from here. */
final class Docker {
    private static final long PULL_MINUTES = 3;

    private Docker() {}

    static boolean isThere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Whether the engine has the image, or could be brought to pull it. */
    static boolean has(String image) throws InterruptedException {
        DockerClient engine = DockerClientFactory.lazyClient();
        try {
            engine.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException notYet) {
            return pull(engine, image);
        }
    }

    private static boolean pull(DockerClient engine, String image) throws InterruptedException {
        try {
            return engine.pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
        } catch (DockerException | DockerClientException noSuchImageOrNoWayToIt) {
            return false;
        }
    }
}
