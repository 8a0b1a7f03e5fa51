/** Everything the quick start runs, wired: brokers, registry, PostgreSQL, object store, Connect and the application. */
@NullMarked
package io.quittance.quickstart.stack;

import org.jspecify.annotations.NullMarked;
