/**
 * Statutory clocks: the time that a law gives to answer a request, as data with the article it rests on, and as pure
 * functions over it. Knows neither files nor the request whose clock it is.
 */
@NullMarked
package io.quittance.streams.domain.clock;

import org.jspecify.annotations.NullMarked;
