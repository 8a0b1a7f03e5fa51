/**
 * How records become completions: the window of offsets, one lane per subject, retries, and publication. Connect's own
 * classes stay outside.
 */
package io.quittance.executor.run;
