package io.quittance.bench.process;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.quittance.harness.HarnessException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads another JVM's management beans, attaching to it by its pid. */
public final class JmxProbe {
    private JmxProbe() {}

    /**
     * One attribute of all beans that match and have it.
     *
     * @param pattern as {@link ObjectName} takes it
     */
    // A child of this JVM, at an address of this machine that it has just told.
    @SuppressWarnings("BanJNDI")
    public static List<Double> read(long pid, String pattern, String attribute) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                List<Double> values = new ArrayList<>();
                for (ObjectName bean : beans.queryNames(new ObjectName(pattern), null)) {
                    beans.getAttributes(bean, new String[] {attribute}).asList().stream()
                            .map(found -> ((Number) found.getValue()).doubleValue())
                            .forEach(values::add);
                }
                return values;
            }
        } catch (IOException | AttachNotSupportedException | JMException e) {
            throw new HarnessException("the management beans of process %d cannot be read".formatted(pid), e);
        }
    }
}
