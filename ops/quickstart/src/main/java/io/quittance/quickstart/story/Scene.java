package io.quittance.quickstart.story;

/** A part of the story. */
interface Scene {
    String title();

    /** Plays it and checks what came of it; throws {@link CheckFailed} where that is not as told. */
    void play(Stage stage);
}
