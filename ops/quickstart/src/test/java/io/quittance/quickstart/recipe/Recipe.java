package io.quittance.quickstart.recipe;

/** A recipe, and the file that holds it in either language, seen from {@code ops/recipes}. */
enum Recipe {
    PUBLISH_REQUEST("java/PublishRequest.java", "node/publish-request.mjs"),
    APPROVE("java/Approve.java", "node/approve.mjs"),
    READ_AUDIT("java/ReadAudit.java", "node/read-audit.mjs");

    private final String java;
    private final String node;

    Recipe(String java, String node) {
        this.java = java;
        this.node = node;
    }

    String java() {
        return java;
    }

    String node() {
        return node;
    }
}
