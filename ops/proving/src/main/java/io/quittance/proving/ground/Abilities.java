package io.quittance.proving.ground;

import java.util.Optional;

/**
 * What this machine lets the ground do. Each is empty where it can be done, else one line that says why not.
 *
 * @param network a network of its own for each part, that can be cut off from others
 * @param mounts state directories of limited size
 * @param clock a clock of its own for each instance of the application
 */
public record Abilities(Optional<String> network, Optional<String> mounts, Optional<String> clock) {}
