/**
 * The parties around the pipeline, as they would be written by their owners: with Kafka clients and the contract, and
 * nothing of the application.
 */
@NullMarked
package io.quittance.quickstart.party;

import org.jspecify.annotations.NullMarked;
