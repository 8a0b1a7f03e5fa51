/** Health, metrics, and the look-up of one request, over HTTP. Reads only; nothing here can change a request. */
@NullMarked
package io.quittance.streams.http;

import org.jspecify.annotations.NullMarked;
