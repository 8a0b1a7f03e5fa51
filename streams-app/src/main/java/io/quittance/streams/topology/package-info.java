/** All wiring of the pipeline in one class: every node, store and topic has its name here. */
@NullMarked
package io.quittance.streams.topology;

import org.jspecify.annotations.NullMarked;
