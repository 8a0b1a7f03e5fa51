package io.quittance.harness.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the constructor and methods of a test class real parts as parameters: {@code KafkaCluster},
 * {@code RegistryProcess}, {@code PostgresProcess}, {@code S3Process}. All test classes of a JVM share them, so name
 * topics, databases and buckets after the test.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(HarnessExtension.class)
public @interface WithHarness {}
