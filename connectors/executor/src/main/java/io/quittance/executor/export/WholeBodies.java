package io.quittance.executor.export;

import com.google.common.primitives.Longs;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Lets no answer of a store pass for whole that was cut off: see {@link WholeBody}. */
final class WholeBodies implements ExecutionInterceptor {
    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        Optional<Long> length =
                context.httpResponse().firstMatchingHeader("Content-Length").map(Longs::tryParse);
        // The answer to HEAD has the length of a body that it does not send.
        if (length.isEmpty() || context.httpRequest().method() == SdkHttpMethod.HEAD) {
            return context.responseBody();
        }
        return context.responseBody().map(body -> new WholeBody(body, length.get()));
    }
}
