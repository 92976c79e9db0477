using System.Management.Automation;
using EgressNet.Transformations;

namespace EgressNet.Cmdlets.Tests.Transformations;

/// <summary>What the binder would hand on, or say.</summary>
internal static class Transformed
{
    public static object? Of<T>(object? input) where T : InputTransformationAttribute, new() =>
        new T { IsList = input is object[] }.Transform(null!, input!);

    public static string Fault<T>(object? input) where T : InputTransformationAttribute, new() =>
        Assert.Throws<ArgumentTransformationMetadataException>(() => Of<T>(input)).Message;
}
