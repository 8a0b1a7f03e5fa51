package io.quittance.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectPluginTest {
    @TempDir
    private Path directory;

    @Test
    void aPluginsZipIsUnpackedWithItsFolders() throws IOException {
        Path zip = zip("plugin/lib/a.jar", "content");

        Path plugins = ConnectWorker.unpackPlugin(zip, directory.resolve("plugins"));

        assertThat(plugins.resolve("plugin/lib/a.jar")).hasContent("content");
    }

    @Test
    void aZipThatWritesOutsideItsFolderIsRefused() throws IOException {
        Path zip = zip("../outside.jar", "content");

        assertThatThrownBy(() -> ConnectWorker.unpackPlugin(zip, directory.resolve("plugins")))
                .isInstanceOf(HarnessException.class);
        assertThat(directory.resolve("outside.jar")).doesNotExist();
    }

    private Path zip(String entry, String content) throws IOException {
        Path zip = directory.resolve("plugin.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return zip;
    }
}
