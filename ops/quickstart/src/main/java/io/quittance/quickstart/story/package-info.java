/** What the quick start plays, and how it is checked: scene by scene, against the systems themselves. */
@NullMarked
package io.quittance.quickstart.story;

import org.jspecify.annotations.NullMarked;
