package io.streamforge.camel.console;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.support.management.DefaultManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;

/**
 * Camel's MBeans, with what all of a kind offer put together once: by itself Camel does so for each
 * of hundreds of routes, which takes a sixth of a start.
 */
public final class MBeansByKind extends DefaultManagementMBeanAssembler {
  private final Map<Class<?>, ModelMBeanInfo> kinds = new HashMap<>();

  public MBeansByKind(CamelContext camel) {
    super(camel);
  }

  @Override
  public ModelMBean assemble(MBeanServer server, Object object, ObjectName name)
      throws JMException {
    if (hasMore(object)) {
      return super.assemble(server, object, name);
    }
    boolean masks =
        Boolean.TRUE.equals(camelContext.getManagementStrategy().getManagementAgent().getMask());
    ModelMBean bean = new MixinRequiredModelMBean(kind(object, name), masks, null, null);
    try {
      bean.setManagedResource(object, "ObjectReference");
    } catch (InvalidTargetObjectTypeException e) {
      throw new JMException(e.getMessage());
    }
    return bean;
  }

  /** What is managed may offer something of its own, tell who listens, or be none at all. */
  private static boolean hasMore(Object object) {
    return Proxy.isProxyClass(object.getClass())
        || object instanceof NotificationSenderAware
        || (object instanceof ManagedInstance managed
            && managed.getInstance() != null
            && managed.getInstance().getClass().isAnnotationPresent(ManagedResource.class));
  }

  private synchronized ModelMBeanInfo kind(Object object, ObjectName name) throws JMException {
    ModelMBeanInfo known = kinds.get(object.getClass());
    if (known == null) {
      known = assembler.getMBeanInfo(camelContext, object, null, name.toString());
      kinds.put(object.getClass(), known);
    }
    return known;
  }
}
