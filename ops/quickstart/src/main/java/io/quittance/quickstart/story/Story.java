package io.quittance.quickstart.story;

import java.util.List;

/** The scenes, in order. */
public final class Story {
    private static final List<Scene> SCENES = List.of(
            new ExportScene(),
            new ErasureScene(),
            new DeniedScene(),
            new ExpiredScene(),
            new WithdrawnScene(),
            new NoRuleScene(),
            new EmergencyScene(),
            new FrozenScene());

    private Story() {}

    /** Plays everything; throws {@link CheckFailed} at the first thing that is not as told. */
    public static void play(Stage stage) {
        int number = 1;
        for (Scene scene : SCENES) {
            stage.narrator.scene(number++, scene.title());
            scene.play(stage);
        }
    }
}
