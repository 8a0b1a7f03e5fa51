/** What is published: a known mix of requests, and everybody who answers them. */
@NullMarked
package io.quittance.proving.load;

import org.jspecify.annotations.NullMarked;
