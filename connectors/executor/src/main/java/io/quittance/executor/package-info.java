/**
 * What a plugin for one kind of system codes against: the port it implements, the work it is handed, the typed ways to
 * fail, and the configuration it shares with every other executor. Nothing here talks to Kafka.
 */
package io.quittance.executor;
