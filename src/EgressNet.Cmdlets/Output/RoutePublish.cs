namespace EgressNet;

/// <summary>Whether a route is announced in router advertisements, in the words of Windows.</summary>
public enum RoutePublish
{
    /// <summary>Not. The kernel announces none.</summary>
    No,

    /// <summary>With a lifetime that runs.</summary>
    Age,

    /// <summary>With a lifetime that stays.</summary>
    Yes,
}
